"""What one may ask: each class takes a reader and gives values of the model."""
