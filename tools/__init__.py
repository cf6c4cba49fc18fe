"""What maintainers run now and then: mutants of the rules, pictures of the README."""
