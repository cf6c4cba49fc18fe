"""Each priced term as a linear expression of the model, under the term's name."""
