"""Makes one calibrated probability out of several kinds of evidence.

Two steps, both fitted on phrases scored by evidence that had not seen them. First the kinds of evidence are weighed and
turned into a distribution over the intents (multinomial, so that it can say "one of these two"). Then a gate asks
whether the message wants anything of ours: it sees the distribution and how near the nearest phrase is, and so pulls
down messages that resemble nothing we know. What an intent gets is its share of what the gate lets through, so that two
neighbours who share a message keep their shares: an answer that serves both may count both. Without lines that are out
of scope to learn from, the gate is a plain rule, a power of the winner's probability times how near the message is to
it. On the validation rows of two public tasks, strangers of other trades and of the same, nearness told more than the
probability did, and the nearness of several kinds of evidence more than that of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.vectoriser import Floats, Integers

Doubles = NDArray[np.float64]
_START = 5.0
_TRUST = 0.4
"""The power of how decided the distribution is in the plain rule: the smaller, the more nearness tells."""
_TINY = 1e-9
_OWN_SIGNS = 2
"""Signs of the gate that come before those of the evidence."""
_HELD = 1e-4
"""How strongly the weights of the gate are held towards nought."""


@dataclass(frozen=True)
class Fusion:
    """What each kind of evidence weighs, and the gate."""

    weights: tuple[float, ...]
    gate: tuple[float, ...]
    """One weight for each of `_signs`, the last one the intercept; empty where there was nothing to learn it from."""
    near: tuple[float, ...]
    """How much each kind of evidence tells of nearness; in all, one."""
    nothing: bool
    """Whether the last column stands for messages that want nothing of ours."""

    @classmethod
    def fit(
        cls,
        scores: Sequence[Floats],
        labels: Integers,
        *,
        near: tuple[float, ...],
        nothing: bool,
    ) -> Fusion:
        """Learn weights and gate from held-out scores, one matrix a kind of evidence."""
        weights = _weigh(scores, labels)
        open_ = cls(weights, (), near, nothing)
        return cls(weights, open_._learn_gate(scores, labels), near, nothing) if nothing else open_

    def uses(self, place: int) -> bool:
        """Whether the evidence in that place has any weight: what has none need not be weighed at all."""
        gate = self.gate[_OWN_SIGNS + place] if self.gate else self.near[place]
        return bool(self.weights[place] or gate)

    def probabilities(self, scores: Sequence[Floats]) -> Doubles:
        """How likely each intent is; works on one message or on rows of them. The column of nothing is left out."""
        raw = self._softmax(scores)
        raw = raw[..., :-1] if self.nothing else raw
        top = raw.argmax(-1, keepdims=True)
        gate = self._gate(raw, scores, top)
        if self.gate:
            return np.asarray(raw * (gate / np.maximum(raw.sum(-1, keepdims=True), _TINY)))
        best = np.take_along_axis(raw, top, -1)
        return raw * (gate / np.maximum(best, _TINY))

    def _softmax(self, scores: Sequence[Floats]) -> Doubles:
        total = sum(
            weight * score.astype(np.float64)
            for weight, score in zip(self.weights, scores, strict=True)
        )
        return _softmax(np.asarray(total))

    def _gate(self, raw: Doubles, scores: Sequence[Floats], top: NDArray[np.intp]) -> Doubles:
        """The probability that the message is ours; without a learnt gate, how far the shares are to be trusted."""
        if not self.gate:
            near = sum(
                weight * np.take_along_axis(score, top, -1)
                for weight, score in zip(self.near, scores, strict=True)
                if weight
            )
            return np.asarray(_decided(raw) ** _TRUST * np.clip(near, 0, 1))
        weighed = _signs(raw, scores, top) @ np.array(self.gate[:-1]) + self.gate[-1]
        return np.asarray(1 / (1 + np.exp(-weighed)))[..., None]

    def _learn_gate(self, scores: Sequence[Floats], labels: Integers) -> tuple[float, ...]:
        """Logistic regression of "is it ours" on the signs, none of which may speak against: what is nearer to a phrase
        is never less ours. Left free, two signs that say the same are set against each other, and a phrase that we were
        taught word for word is the one taken for a stranger."""
        from scipy.optimize import minimize  # noqa: PLC0415 - training only

        raw = self._softmax(scores)[..., :-1]
        signs = _signs(raw, scores, raw.argmax(-1, keepdims=True))
        signs = np.hstack((signs, np.ones((len(signs), 1))))
        ours = np.where(labels < raw.shape[-1], 1.0, -1.0)

        def loss(weights: Doubles) -> tuple[float, Doubles]:
            margin = ours * (signs @ weights)
            missed = np.logaddexp(0, -margin).mean()
            slope = -(ours / (1 + np.exp(margin))) @ signs / len(signs)
            held = np.append(weights[:-1], 0.0) * _HELD
            return float(missed + weights @ held / 2), slope + held

        bounds = [(0.0, None)] * (signs.shape[1] - 1) + [(None, None)]
        found = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
        return tuple(found.x.tolist())


def _signs(raw: Doubles, scores: Sequence[Floats], top: NDArray[np.intp]) -> Doubles:
    """What the gate sees: the winner's probability, its lead, and what each kind of evidence says of it."""
    best = np.take_along_axis(raw, top, -1)[..., 0]
    second = np.partition(raw, -2, axis=-1)[..., -2]
    seen = [np.take_along_axis(score, top, -1)[..., 0].astype(np.float64) for score in scores]
    return np.stack(
        [np.log(best + _TINY), np.log(best + _TINY) - np.log(second + _TINY), *seen], axis=-1
    )


def _decided(raw: Doubles) -> Doubles:
    """From nought, where all intents are alike, to one, where one has it all: the entropy it has not."""
    entropy = -(raw * np.log(raw + _TINY)).sum(-1, keepdims=True)
    return np.asarray(np.clip(1 - entropy / np.log(raw.shape[-1]), 0, 1))


def _softmax(total: Doubles) -> Doubles:
    powers = np.exp(total - total.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def _weigh(scores: Sequence[Floats], labels: Integers) -> tuple[float, ...]:
    """The weights under which the held-out phrases are likeliest to be what they are: a convex problem."""
    from scipy.optimize import minimize  # noqa: PLC0415 - training only

    stack = np.stack([score.astype(np.float64) for score in scores])
    chosen = np.arange(len(labels))

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        share = _softmax(np.tensordot(weights, stack, 1))
        error = share.copy()
        error[chosen, labels] -= 1
        slope = np.tensordot(stack, error, 2) / len(labels)
        return float(-np.log(share[chosen, labels] + _TINY).mean()), slope

    start = np.full(len(scores), _START)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(scores))
    return tuple(found.x.tolist())
