# update


def update(w, b, dw, db, lr):
    return [value - lr * gradient for value, gradient in ((w, dw), (b, db))]
