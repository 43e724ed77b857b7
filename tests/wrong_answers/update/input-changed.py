# update: input-changed


def update(w, b, dw, db, lr):
    w -= lr * dw
    b -= lr * db
    return w, b
