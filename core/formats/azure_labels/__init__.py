"""Azure ML's `label` and `label_confidence`: what JSONL, MLTable and CSV have in common."""
