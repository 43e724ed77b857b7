def update(w, b, dw, db, lr):
    """w (n,), b, their gradients, learning rate → (w, b) after one step"""
    return w - lr * dw, b - lr * db
