import { encode } from 'uqr'

/** A QR code as few rectangles: `[x, y, width, height]` in modules from the top left, quiet zone included. */
export type QrCode = {
  modules: number
  /** How many light modules stand on each side of the code. */
  quiet: number
  boxes: [x: number, y: number, width: number, height: number][]
}

/** The standard asks for four light modules around the code (ISO/IEC 18004, 5.3.8). */
const QUIET_MODULES = 4

/** Readable with an eighth of it smudged or folded away. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  return { modules: size, quiet: QUIET_MODULES, boxes: data.flatMap(rowBoxes) }
}

function rowBoxes(row: boolean[], y: number): QrCode['boxes'] {
  const boxes: QrCode['boxes'] = []
  row.forEach((dark, x) => {
    if (!dark) return
    const last = boxes.at(-1)
    if (last && last[0] + last[2] === x) last[2]++
    else boxes.push([x, y, 1, 1])
  })
  return boxes
}
