"""What feed readers read: posts in full, and changes of standing, as Atom and as JSON Feed."""
