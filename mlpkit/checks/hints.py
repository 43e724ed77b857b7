"""Three hints for each exercise, from the idea to nearly the code; the card shows them folded."""

from ..i18n import N_

HINTS = {
    "squared_error": (
        N_("Start with the residual r = ŷ − y. Both results are made of it."),
        N_("The loss is the mean of r². Only ŷ_i appears in term i: its derivative is 2r_i, and "
           "the 1/N of the mean stays in front."),
        N_("`r = y_hat - y`; return `np.mean(r**2)` and `2 * r / len(r)`."),
    ),
    "rmse": (
        N_("The name, read from right to left, is the recipe: error, square, mean, root."),
        N_("The error of a sample is r = ŷ − y. The root comes last, once, over the mean of all "
           "r²."),
        N_("`np.sqrt(np.mean((y_hat - y) ** 2))`."),
    ),
    "surface_gradient": (
        N_("Two derivatives: one by x, with y held still, and one by y, with x held still."),
        N_("The derivative of xⁿ is n·xⁿ⁻¹, and a term without the variable gives 0."),
        N_("x² gives `2 * x`. Treat y³ in the same way, with its own exponent, and return both "
           "as a pair; NumPy does arrays by itself."),
    ),
    "update": (
        N_("The gradient points uphill. Which sign leads downhill?"),
        N_("new value = old value − lr · gradient, for w with dw, and for b with db."),
        N_("`return w - lr * dw, ...`, and the same for b. `w - …` makes a new array; `w -= …` "
           "would change the caller's."),
    ),
    "sign_bug": (
        N_("Print the loss before and after a step: it grows. So the step goes uphill."),
        N_("Take the derivative of (o − y)² by o, and compare it with the first factors of "
           "`delta`."),
        N_("(o − y)² and (y − o)² are equal, their derivatives by o are as well: 2(o − y). In "
           "`delta` stands 2(y − o). One change mends w and b."),
    ),
    "chain_rule": (
        N_("Write y = 8z³ + z² + 5 with z = x⁵ + 9. The derivative is dy/dz · dz/dx."),
        N_("dy/dz = 24z² + 2z. Constants such as 5 and 9 do not change, so they leave nothing."),
        N_("`z = x**5 + 9`; then `(24 * z**2 + 2 * z)` times dz/dx: the brackets matter."),
    ),
    "neuron": (
        N_("Forward first: net = w·x + b, o = sigmoid(net), loss = (o − y)². Then walk back."),
        N_("Three links: 2(o − y), then o(1 − o), then what stands beside w in net, which is x. "
           "Beside b stands 1."),
        N_("`delta = 2 * (o - y) * o * (1 - o)`; return the loss, `delta * x` and `delta`."),
    ),
    "path_sum": (
        N_("Compute a1 and ŷ first. W1[0, 0] reaches the loss on two paths: through ŷ₁ and ŷ₂."),
        N_("Each path multiplies 2(ŷ − y)/2, ŷ(1 − ŷ) and its own edge of W2; the rest, "
           "a(1 − a) of hidden unit 1 and x₁, is common to both."),
        N_("The two edges that leave hidden unit 1 are `net222.W2[0]`, a row. Add the two paths, "
           "then multiply by `a1[0] * (1 - a1[0]) * x[0]`."),
    ),
    "hidden_delta": (
        N_("Two steps: carry δ back through W2, then multiply by the slope of the sigmoid."),
        N_("Let the shapes choose the order: (N, hidden) can only be `delta2 @ W2.T`."),
        N_("The slope is a1 · (1 − a1), number by number: `*`, not `@`."),
    ),
    "accumulate": (
        N_("For each sample: forward and keep each a, δ = a − y at the end, then backward. Add up "
           "δ aᵀ in Δ, which starts as zeros."),
        N_("Each a that meets a Θ needs a leading 1: `np.append(1, a)`. On the way back "
           "`theta[l].T @ delta` has one entry too many, the first: drop it."),
        N_("`Delta[l] += np.outer(delta, a[l])`. After the loop add lam · Θ in all columns but "
           "the first, and divide everything by m once."),
    ),
    "vectorized": (
        N_("Keep the samples in rows. The loop over layers stays, the one over samples goes."),
        N_("A column of ones stands before each a: `np.hstack([np.ones((m, 1)), a])`. Forward is "
           "`a @ theta[l].T`."),
        N_("`delta.T @ a[l]` multiplies and sums over all samples at once. Back through a layer: "
           "`delta @ theta[l][:, 1:]`, times a(1 − a) without the ones."),
    ),
    "numerical_gradient": (
        N_("Nudge one entry by h to both sides and see how f answers: (f(w + h) − f(w − h)) / 2h."),
        N_("Work on a copy of floats, `np.array(w, dtype=float)`, and put each entry back before "
           "the next."),
        N_("`for place in np.ndindex(w.shape):` walks through any shape; `dw[place] = "
           "(above - below) / (2 * h)`. The brackets around 2h matter."),
    ),
    "softmax": (
        N_("exp makes the scores positive; divide each row by its own sum."),
        N_("Subtract the largest score of each row first, or exp(1000) overflows. `axis=1` runs "
           "along a row."),
        N_("`scores.max(axis=1, keepdims=True)` keeps the maxima a column (N, 1), which lines up "
           "with (N, classes). The sum needs the same `keepdims`."),
    ),
    "cross_entropy": (
        N_("The loss takes from each row the score of the right class: "
           "`scores[np.arange(N), y]`."),
        N_("Shift the scores by each row's maximum: s. Then −log p_y = log Σ exp(s) − s_y, with no "
           "log 0. The loss is the mean of that."),
        N_("Keep p and y in self. `backward` copies p, subtracts 1 at `[np.arange(N), y]`, and "
           "divides by N once."),
    ),
    "linear": (
        N_("Keep the input: `self.x = x`. In `backward` each of the three results is one line."),
        N_("Let the shapes choose the order: dW (n_in, n_out) can only be `x.T @ dout`, and dx "
           "(N, n_in) only `dout @ W.T`."),
        N_("`db` is `dout.sum(axis=0)`, because b served every sample. `parameters` is a "
           'generator: `yield "W", self.W, self.dW`, then the same for b.'),
    ),
    "tanh": (
        N_("Let `forward` keep its output a: the slope is easiest to write with it."),
        N_("The slope is 1 − a². By the chain rule dout is multiplied by it, number by number."),
        N_("`self.a = np.tanh(x)` in `forward`; `dout * (1 - self.a**2)` in `backward`."),
    ),
    "relu": (
        N_("The output is x where x > 0, else 0. Which numbers were above 0 must be kept."),
        N_("`np.maximum(x, 0)` does it for a whole array; `x > 0` is the slope, 1 or 0."),
        N_("`dout * (self.x > 0)` is a new array. Never write into x or dout: others still need "
           "them."),
    ),
    "sigmoid": (
        N_("Let `forward` keep its output a: the slope is a(1 − a)."),
        N_("1/(1 + exp(−x)) equals (1 + tanh(x/2))/2, and tanh cannot overflow."),
        N_("`self.a = 0.5 * (1 + np.tanh(0.5 * x))`; then `dout * self.a * (1 - self.a)`."),
    ),
    "net": (
        N_("Keep the layers in `self.layers`. The output of one layer is the input of the next."),
        N_("`for layer in reversed(self.layers):` walks backwards. "
           '`hasattr(layer, "parameters")` tells whether a layer learns.'),
        N_("Count the layers that learn and put the number behind the name, "
           '`f"{name}{number}"`. Yield the arrays themselves. `predict` is '
           "`self.forward(x).argmax(axis=1)`."),
    ),
    "sgd": (
        N_("Walk through `self.net.parameters()`: each gives a name, a value and a gradient."),
        N_("The step is w ← w − lr · dw, for weights and biases alike."),
        N_("`value -= self.lr * gradient` changes the array itself. `value = value - …` makes a "
           "new one, and the net never hears of it."),
    ),
    "minibatches": (
        N_("Draw one order of all rows, then walk through it in slices."),
        N_("`np.random.default_rng(rng).permutation(len(x))` is the order, for x "
           "and for y."),
        N_("`for start in range(0, len(x), batch_size):` and `order[start : start + batch_size]`: "
           "the last slice may be shorter, and that is right."),
    ),
    "training_loop": (
        N_("Two loops: over the epochs, and inside over `minibatches(x, y, batch_size, rng)`."),
        N_("The heart is `loss.forward(net.forward(x_batch), y_batch)`, then "
           "`net.backward(loss.backward())`, then `optimizer.step()`."),
        N_("The last batch may be smaller: add loss · number of rows, and divide by `len(x)` at "
           "the end of each epoch. Make the generator once, before the epochs: "
           "`rng = np.random.default_rng(rng)`."),
    ),
    "scale_pixels": (
        N_("Three things change: the shape, the type and the range."),
        N_("`images.reshape(len(images), 784)` makes one row of each image."),
        N_("Convert with `.astype(np.float32)`, then divide by 255: the largest a pixel can be."),
    ),
    "one_layer": (
        N_("One layer that learns is all it takes. Softmax is inside the loss."),
        N_("`Linear` takes the inputs, the outputs and rng, in this order."),
        N_("`Net(Linear(784, 10, rng))`, and do not forget `return`."),
    ),
    "two_layers": (
        N_("Two layers that learn, and an activation between them."),
        N_("The outputs of the first `Linear` must be the inputs of the second."),
        N_("`Linear(784, 256, rng)`, `ReLU()`, `Linear(256, 10, rng)`, in this order, in "
           "`Net(...)`."),
    ),
    "three_layers": (
        N_("Three layers that learn, with an activation behind the first and the second."),
        N_("None at the end: the scores may be any numbers, also negative ones."),
        N_("784 → 300 → 100 → 10: each `Linear` takes rng, and what one puts out the next takes."),
    ),
    "confusion": (
        N_("Start with a matrix of zeros, (10, 10), of whole numbers."),
        N_("Walk through the pairs of a true digit and an answer; add 1 at [true, answer]."),
        N_("`for true, answer in zip(y, y_hat): matrix[true, answer] += 1`. Without the loop, "
           "`matrix[y, y_hat] += 1` counts repeated pairs only once."),
    ),
}  # fmt: skip
