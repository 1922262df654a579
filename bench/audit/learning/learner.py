"""The audits' learner: answers requests on standard input with scikit-learn, until the input ends.

A message is a little-endian length (4 bytes), a JSON head of that length, and the arrays that the head lists, as
little-endian float32 in row order: { ..., "arrays": [{ "name": ..., "rows": ..., "columns": ... }, ...] }. An answer
has the same form; a request that fails is answered with { "error": ... }. Nothing is written anywhere else.
"""

import json
import struct
import sys
import traceback

import numpy as np

from attack import identify
from prediction import classify, name, regress

OPERATIONS = {"identify": identify, "regress": regress, "classify": classify, "name": name}


def read_message(stream):
    length = stream.read(4)
    if len(length) < 4:
        return None
    head = json.loads(stream.read(struct.unpack("<I", length)[0]))
    arrays = {}
    for about in head["arrays"]:
        count = about["rows"] * about["columns"]
        values = np.frombuffer(stream.read(4 * count), dtype="<f4")
        arrays[about["name"]] = values.reshape(about["rows"], about["columns"]).astype(np.float64)
    return head, arrays


def write_message(stream, head, arrays):
    listed = [
        {"name": name, "rows": values.shape[0], "columns": values.shape[1]}
        for name, values in arrays.items()
    ]
    encoded = json.dumps({**head, "arrays": listed}).encode()
    stream.write(struct.pack("<I", len(encoded)) + encoded)
    for values in arrays.values():
        stream.write(np.ascontiguousarray(values, dtype="<f4").tobytes())
    stream.flush()


def main():
    while (message := read_message(sys.stdin.buffer)) is not None:
        head, arrays = message
        try:
            answer = OPERATIONS[head["operation"]](head, arrays)
            write_message(sys.stdout.buffer, {}, answer)
        except Exception:
            write_message(sys.stdout.buffer, {"error": traceback.format_exc()}, {})


main()
