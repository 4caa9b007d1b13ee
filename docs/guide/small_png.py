"""PNG with a palette: a screenshot of an interface has few colours, and then takes a third of the bytes."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any, Final

from playwright.sync_api import Page

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_REDUCE: Final = """async (encoded) => {
  const image = new Image();
  image.src = `data:image/png;base64,${encoded}`;
  await image.decode();
  const { width, height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const bytes = drawing.getImageData(0, 0, width, height).data;
  const count = new Map();
  const colourAt = (at) => (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
  for (let at = 0; at < bytes.length; at += 4) count.set(colourAt(at), (count.get(colourAt(at)) ?? 0) + 1);
  const frequent = [...count].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const distance = (a, b) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const palette = [];
  for (const apart of [600, 150, 0])
    for (const colour of frequent)
      if (palette.length < 256 && palette.every((taken) => distance(colour, taken) > apart))
        palette.push(colour);
  const nearest = new Map();
  for (const colour of count.keys()) {
    let best = 0;
    for (let i = 1; i < palette.length; i++)
      if (distance(colour, palette[i]) < distance(colour, palette[best])) best = i;
    nearest.set(colour, best);
  }
  const lines = [];
  for (let y = 0; y < height; y++) {
    const line = [0];
    for (let x = 0; x < width; x++) line.push(nearest.get(colourAt(4 * (y * width + x))));
    lines.push(String.fromCharCode(...line));
  }
  return { width, height, palette, pixels: btoa(lines.join("")) };
}"""


def small_png(page: Page, png: bytes) -> bytes:
    """`png` with 256 colours: frequent ones, first those far apart, so that a small dot keeps its hue."""
    found: dict[str, Any] = page.evaluate(_REDUCE, base64.b64encode(png).decode())
    header = struct.pack(">IIBBBBB", found["width"], found["height"], 8, 3, 0, 0, 0)
    colours = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    pixels = zlib.compress(base64.b64decode(found["pixels"]), 9)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
