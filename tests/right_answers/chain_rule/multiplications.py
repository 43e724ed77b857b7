# chain_rule
def dy_dx(x):
    x4 = x * x * x * x
    z = x4 * x + 9
    dz = 5 * x4
    return 24 * z * z * dz + 2 * z * dz
