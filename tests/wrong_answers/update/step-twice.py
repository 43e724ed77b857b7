# update: step-twice


def update(w, b, dw, db, lr):
    for _ in range(2):
        w = w - lr * dw
        b = b - lr * db
    return w, b
