import { mixed, type Rgb } from './colour.ts'
import type { PdfPage } from './pdf/pdf-page.ts'
import { qrCode } from './qr.ts'
import type { Shape } from './seal-artwork.ts'
import { SEAL_SIZE } from './seal-geometry.ts'
import { transform } from './type/outline.ts'

/** A4, lying, in points. */
export const PAGE = { width: 841.89, height: 595.28 } as const
export const MIDDLE = PAGE.width / 2
/** From the paper's edge to the text. */
export const SIDE = 92

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
const SEAL_DIAMETER = 132
const SEAL_BOTTOM = 118
const QR_SIDE = 92
const QR_BOTTOM = 152

/** Two thin lines round the page, clear of what a printer cannot reach. */
export function drawFrame(page: PdfPage, accent: Rgb) {
  const inset = (by: number) => [by, by, PAGE.width - 2 * by, PAGE.height - 2 * by] as const
  page.frame(inset(26), 1.1, accent)
  page.frame(inset(31), 0.4, accent)
}

/** A short rule under the program's name and a long pale one above the record. */
export function drawRule(page: PdfPage, accent: Rgb) {
  page.rectangles([[MIDDLE - 30, 516, 60, 0.6]], accent)
  page.rectangles([[SIDE, 268, PAGE.width - 2 * SIDE, 0.4]], mixed(accent, WHITE, 0.45))
}

export function drawSeal(page: PdfPage, shapes: readonly Shape[]) {
  const scale = SEAL_DIAMETER / SEAL_SIZE
  for (const { contours, colour } of shapes) {
    const placed = contours.map((contour) =>
      transform(contour, [scale, 0, 0, -scale, MIDDLE - SEAL_DIAMETER / 2, SEAL_BOTTOM + SEAL_DIAMETER]),
    )
    page.fill(placed, colour)
  }
}

/** The code as rectangles, its dark part flush with the column; the whole of it leads to the address when clicked. */
export function drawQr(
  page: PdfPage,
  url: string,
  label: string,
  across: (x: number, width: number) => number,
) {
  const { modules, quiet, boxes } = qrCode(url)
  const side = QR_SIDE / (modules - 2 * quiet)
  const left = across(PAGE.width - SIDE - QR_SIDE, QR_SIDE)
  const top = QR_BOTTOM + QR_SIDE
  page.figure(label, () =>
    page.rectangles(
      boxes.map(
        ([x, y, width, height]) =>
          [
            left + (x - quiet) * side,
            top - (y - quiet + height) * side,
            width * side,
            height * side,
          ] as const,
      ),
      BLACK,
    ),
  )
  page.link([left, QR_BOTTOM, QR_SIDE, QR_SIDE], url, label)
}
