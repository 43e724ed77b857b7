"""New pictures from old: each is turned, stretched, moved and wobbled a little, and stays readable.

A picture is not changed by moving its pixels. Each pixel of the new picture asks instead where in
the old one it comes from, and reads the value there, between the four pixels nearest to that spot.
"""

from math import isqrt

import numpy as np

from .arguments import LARGEST, check_between, generator

CHUNK = 64  # pictures at a time: all that is computed for them fits into the processor's cache


def distort(images, rng, rotation=10.0, scaling=0.12, shear=0.12, shift=1.0, alpha=34.0, sigma=4.0):
    """Return distorted copies of images (N, 784) or (N, 28, 28), any square size, in their shape.

    Each picture gets its own affine map, uniform at random: a turn of at most `rotation` degrees,
    width and height each times a factor from 1 - `scaling` to 1 + `scaling`, a slant of at most
    `shear` pixels per pixel, and a move of at most `shift` pixels along each axis.
    Then comes an elastic distortion (Simard, Steinkraus & Platt, 2003): every pixel is displaced
    along each axis by a uniform number between -1 and 1, averaged with its neighbors' by a Gaussian
    of standard deviation `sigma` pixels, times `alpha`. The defaults of the two are the paper's.
    0 switches a distortion off (sigma only smooths). What lies outside the old picture is 0.

    Values are mixtures of old values and 0, so pixels in [0, 1] stay there; float32 and float64
    are returned as they came, computed in float32. rng: a seed or a np.random.Generator to draw on.
    Raises ValueError or TypeError, naming the argument, before anything is made.
    """
    pictures = checked(images)
    check_between("rotation", rotation, 0, 180)
    check_between("scaling", scaling, 0, 0.9)
    check_between("shear", shear, 0, 10)
    for name, value in (("shift", shift), ("alpha", alpha)):
        check_between(name, value, 0, LARGEST)
    check_between("sigma", sigma, 0.01, LARGEST)
    rng, out = generator(rng), np.empty(pictures.shape, images.dtype)
    smooth = smoothing(pictures.shape[1], sigma)
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK]
        spots = affine(*draw_affine(len(part), rng, rotation, scaling, shear, shift), len(part[0]))
        if alpha:
            spots += elastic(len(part), rng, np.float32(alpha), smooth)
        out[start : start + CHUNK] = read(part, spots)
    return out.reshape(images.shape)


def checked(images):
    """Return images as (N, side, side), or raise."""
    expected = "images: expected an array (N, 784) or (N, 28, 28) of float32 or float64"
    if not isinstance(images, np.ndarray):
        raise TypeError(f"{expected}, got {type(images).__name__}")
    if images.dtype.newbyteorder("=") not in (np.float32, np.float64):
        raise TypeError(f"{expected}, got {images.dtype}; as pixels divide by 255")
    pixels = images.size // len(images) if images.ndim in (2, 3) and images.size else 0
    side = isqrt(pixels)
    if not pixels or images.shape[1:] not in ((pixels,), (side, side)) or pixels != side**2:
        raise ValueError(f"{expected}, or another square size, got shape {images.shape}")
    if not (abs(images) <= LARGEST).all():
        raise ValueError(f"images: expected numbers up to {LARGEST}, got larger ones or nan")
    return images.reshape(-1, side, side)


def draw_affine(n, rng, rotation, scaling, shear, shift):
    """Return maps (n, 2, 2) and moves (n, 2) of (row, column), counted from the middle."""
    angle = np.radians(rng.uniform(-rotation, rotation, n))
    slant = rng.uniform(-shear, shear, n)
    height, width = rng.uniform(1 - scaling, 1 + scaling, (2, n))
    return affine_map(angle, height, width, slant), rng.uniform(-shift, shift, (n, 2))


def affine_map(angle, height, width, slant):
    """Return (n, 2, 2): first stretched, then slanted, then turned counterclockwise by `angle`.

    Rows are counted downward, hence the place of the minus sign.
    """
    zero = np.zeros_like(angle)
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretched = np.array([[height, zero], [slant * height, width]])
    return np.einsum("ijn,jkn->nik", turned, stretched)


def affine(maps, moves, side):
    """Return spots (2, n, side, side): the row and the column that each new pixel comes from.

    The new spot is map @ old + move, so the old one is inverse(map) @ (new - move).
    """
    middle = (side - 1) / 2
    back = np.linalg.inv(maps)
    start = middle - np.einsum("nij,nj->in", back, moves)
    along = np.arange(side) - middle
    down = back[:, :, 0].T[:, :, None] * along + start[:, :, None]  # (2, n, rows)
    right = back[:, :, 1].T[:, :, None] * along  # (2, n, columns)
    return down.astype(np.float32)[..., None] + right.astype(np.float32)[:, :, None, :]


def smoothing(side, sigma):
    """Return the symmetric matrix (side, side) that averages a row of numbers by a Gaussian.

    Beyond its end the row goes on at its beginning, so that no place is displaced less.
    """
    apart = np.abs(np.arange(side)[:, None] - np.arange(side))
    apart = np.minimum(apart, side - apart)
    weights = np.exp(-0.5 * (apart / sigma) ** 2)
    return (weights / weights[0].sum()).astype(np.float32)


def elastic(n, rng, alpha, smooth):
    """Return displacements (2, n, side, side) of rows and columns, in pixels."""
    side = len(smooth)
    noise = rng.random((2 * n * side, side), dtype=np.float32)
    noise -= np.float32(0.5)
    # A Gaussian of the plane is one along rows times one along columns, and the order is free.
    along = (noise @ smooth).reshape(-1, side, side).swapaxes(1, 2)
    field = along.reshape(-1, side) @ smooth
    field *= 2 * alpha
    return field.reshape(2, n, side, side)


def read(pictures, spots):
    """Return the values (n, side, side) of pictures (n, side, side) at spots between pixels."""
    n, side, _ = pictures.shape
    wide = side + 2  # a border of zeros around each picture
    old = np.zeros((n, wide, wide), np.float32)
    old[:, 1:-1, 1:-1] = pictures
    old = old.ravel()
    spots += 1
    np.clip(spots, 0, np.nextafter(np.float32(wide - 1), np.float32(0)), out=spots)
    whole = spots.astype(np.int32)
    down, right = spots - whole  # from the pixel above and to the left, each in [0, 1)
    first = whole[0] * wide + whole[1] + wide * wide * np.arange(n, dtype=np.int32)[:, None, None]
    corners = (old[step:].take(first) for step in (0, 1, wide, wide + 1))
    above = between(next(corners), next(corners), right)
    below = between(next(corners), next(corners), right)
    return between(above, below, down)


def between(a, b, share):
    """Return a + share * (b - a), written into b: exactly a where share is 0."""
    b -= a
    b *= share
    b += a
    return b
