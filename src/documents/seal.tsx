import {
  MUTED_COLOUR,
  RING_OPACITY,
  SEAL_CENTRE,
  SEAL_COLOUR,
  SEAL_SIZE,
  type SealFacts,
  sealGeometry,
} from './seal-geometry.ts'
import { decimal } from './type/outline.ts'

export type SealProps = SealFacts & {
  /** Grey, for a certification that is no longer in force. */
  muted?: boolean
  /** Width and height in pixels where the style sheet does not say. */
  size?: number
}

/** The seal of a certification as part of a page: its text in the reader's own font, no styles of its own. */
export function Seal({ lines, rings, hue, label, muted = false, size = 72 }: SealProps) {
  const geometry = sealGeometry({ lines, rings })
  const { lightness, chroma } = muted ? MUTED_COLOUR : SEAL_COLOUR
  return (
    <svg
      class="seal"
      viewBox={`0 0 ${SEAL_SIZE} ${SEAL_SIZE}`}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      aria-hidden={label === '' ? 'true' : undefined}
    >
      <polygon
        points={geometry.burst.map(([x, y]) => `${decimal(x, 1)},${decimal(y, 1)}`).join(' ')}
        fill={`oklch(${lightness * 100}% ${chroma} ${muted ? 0 : hue})`}
      />
      {geometry.rings.map((radius) => (
        <circle
          cx={SEAL_CENTRE}
          cy={SEAL_CENTRE}
          r={decimal(radius)}
          fill="none"
          stroke="#fff"
          stroke-width={geometry.ringWidth}
          stroke-opacity={RING_OPACITY}
        />
      ))}
      {geometry.lines.map(({ text, x, baseline, size: textSize, fit }) => (
        <text
          x={x}
          y={decimal(baseline)}
          text-anchor="middle"
          font-family="system-ui, sans-serif"
          font-weight="600"
          font-size={decimal(textSize)}
          fill="#fff"
          {...(fit !== null && { textLength: decimal(fit), lengthAdjust: 'spacingAndGlyphs' })}
        >
          {text}
        </text>
      ))}
    </svg>
  )
}
