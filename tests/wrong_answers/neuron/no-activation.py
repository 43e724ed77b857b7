# neuron: no-activation
def neuron(w, b, x, y):
    net = w @ x + b
    o = net
    loss = (o - y) ** 2
    delta = 2 * (o - y)
    dw = delta * x
    db = delta
    return loss, dw, db
