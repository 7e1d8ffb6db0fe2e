"""What the post screen of the desk asks for beside its form: previews, uploads, acts."""
