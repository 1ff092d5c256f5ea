"""A tiny Piper model made in the tests: it hums for as long as there are phonemes, and would add noise where it is asked to."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE = 16_000
SAMPLES = 640
"""A phoneme's and a pad's length, at the length scale of 1: 40 ms."""


def a_model(folder: Path, name: str = "vi-thu", **changes: Any) -> Path:
    """`NAME.onnx` and `NAME.onnx.json` in `folder`. `changes`: fields of the description."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(_graph().SerializeToString())
    description = {
        "num_symbols": 256,
        "num_speakers": 1,
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "vi"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{name}.onnx.json").write_text(json.dumps(description | changes), "utf-8")
    return path


def _graph() -> onnx.ModelProto:
    """sin(phase × (1 + id)) for SAMPLES of each id, plus noise × (scale of noise + scale of lengths)."""
    phase = np.sin(np.arange(SAMPLES, dtype=np.float32) * 0.0864)
    constants = {
        "wave": 0.3 * phase.reshape(1, 1, SAMPLES),
        "tiny": np.float32(0.001).reshape(1),
        "one": np.float32(1).reshape(1),
    }
    ends = {
        "flat": np.array([1, 1, -1]),
        "all": np.array([0]),
        "two": np.array([2]),
        "three": np.array([3]),
        "last": np.array([2]),
        "zero": np.array([0]),
    }
    nodes = [
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["ids", "tiny"], ["small"]),
        helper.make_node("Add", ["small", "one"], ["louder"]),
        helper.make_node("Unsqueeze", ["louder", "last"], ["columns"]),
        helper.make_node("Mul", ["columns", "wave"], ["rows"]),
        helper.make_node("Reshape", ["rows", "flat"], ["hum"]),
        helper.make_node("RandomNormalLike", ["hum"], ["noise"]),
        helper.make_node("Slice", ["scales", "zero", "one_place"], ["noise_scale"]),
        helper.make_node("Slice", ["scales", "two", "three"], ["noise_w"]),
        helper.make_node("Add", ["noise_scale", "noise_w"], ["amount"]),
        helper.make_node("Mul", ["noise", "amount"], ["hiss"]),
        helper.make_node("Add", ["hum", "hiss"], ["sound"]),
        helper.make_node("Unsqueeze", ["sound", "zero"], ["output"]),
    ]
    ends["one_place"] = np.array([1])
    del ends["all"]
    initial = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()]
    initial += [numpy_helper.from_array(value.astype(np.int64), name) for name, value in ends.items()]
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)],
        initial,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
