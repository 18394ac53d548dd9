"""The trained model (CC BY-SA 4.0, see NOTICE) and how to read it."""
