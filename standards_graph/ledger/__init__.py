"""The ledger: which revisions were published, what each changed, and a hash chain over all of them."""
