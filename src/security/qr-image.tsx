import { qrCode } from '../documents/qr.ts'

const MODULE_PIXELS = 5

/** A QR code as part of the page: dark on white in every colour scheme, since scanners expect that. */
export function QrImage({ text, label }: { text: string; label: string }) {
  const { modules, boxes } = qrCode(text)
  const size = modules * MODULE_PIXELS
  return (
    <svg viewBox={`0 0 ${modules} ${modules}`} width={size} height={size} role="img" aria-label={label}>
      <path fill="#fff" d={`M0 0h${modules}v${modules}H0z`} />
      <path
        fill="#000"
        shape-rendering="crispEdges"
        d={boxes.map(([x, y, width, height]) => `M${x} ${y}h${width}v${height}h-${width}z`).join('')}
      />
    </svg>
  )
}
