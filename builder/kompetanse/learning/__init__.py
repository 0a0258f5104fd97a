"""What a learner needs worked out: pure functions over the model."""
