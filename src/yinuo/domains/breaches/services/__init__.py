"""What is done with the breach ledger, one function each."""
