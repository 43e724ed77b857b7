def numerical_gradient(f, w, h=1e-5):
    """f takes an array and returns a number; w, any shape → dw, the shape of w"""
    w = np.array(w, dtype=float)
    dw = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        kept = w[place]
        w[place] = kept + h
        above = f(w)
        w[place] = kept - h
        below = f(w)
        w[place] = kept
        dw[place] = (above - below) / (2 * h)
    return dw
