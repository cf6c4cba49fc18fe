"""What commands and answers say in each language, from the tables of messages of the pages."""
