"""Ruin and recreate as machine code: ledger, insertion and search on one block of memory."""
