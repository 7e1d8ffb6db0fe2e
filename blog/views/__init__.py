"""What readers open. Views ask, they do not decide: reading rules live on querysets."""
