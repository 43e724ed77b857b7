# update


def step(value, gradient, lr):
    return value - lr * gradient


def update(w, b, dw, db, lr):
    return step(w, dw, lr), step(b, db, lr)
