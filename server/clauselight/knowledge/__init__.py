"""Our own texts and facts as data, and the code that reads and checks them."""
