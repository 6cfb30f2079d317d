"""Smaller PNG files: at most 256 colours, each pixel one byte."""

from __future__ import annotations

import base64
import struct
import zlib

from playwright.sync_api import Page

_HEAD = b"\x89PNG\r\n\x1a\n"
_COUNT = """async picture => {
  const image = new Image()
  image.src = 'data:image/png;base64,' + picture
  await image.decode()
  const canvas = new OffscreenCanvas(image.width, image.height)
  const drawing = canvas.getContext('2d')
  drawing.drawImage(image, 0, 0)
  const all = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer)
  const often = new Map()
  for (const colour of all) often.set(colour, (often.get(colour) ?? 0) + 1)
  const kept = [...often].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([colour]) => colour)
  const parts = colour => [colour & 255, colour >> 8 & 255, colour >> 16 & 255]
  const palette = kept.map(parts)
  const place = new Map(kept.map((colour, index) => [colour, index]))
  const nearest = colour => {
    const [red, green, blue] = parts(colour)
    const off = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
    const found = off.indexOf(Math.min(...off))
    place.set(colour, found)
    return found
  }
  let pixels = ''
  for (const colour of all) pixels += String.fromCharCode(place.get(colour) ?? nearest(colour))
  return [image.width, image.height, palette.flat(), btoa(pixels)]
}"""
"""The 256 colours that stand most often, and the number of the nearest one for each pixel."""


def smaller(page: Page, picture: bytes) -> bytes:
    """The picture with 256 colours at most. A page of the browser does the counting: it can read PNG."""
    page.goto("about:blank")
    width, height, palette, pixels = page.evaluate(_COUNT, base64.b64encode(picture).decode())
    body = base64.b64decode(pixels)
    rows = b"".join(b"\0" + body[start : start + width] for start in range(0, len(body), width))
    return b"".join(
        [
            _HEAD,
            _part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _part(b"PLTE", bytes(palette)),
            _part(b"IDAT", zlib.compress(rows, 9)),
            _part(b"IEND", b""),
        ]
    )


def size(picture: bytes) -> tuple[int, int]:
    """How wide and how high a PNG file is; ValueError if it is none."""
    if not picture.startswith(_HEAD):
        raise ValueError("This is no PNG file.")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
