/** Red, green and blue of sRGB, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

export type Oklch = { lightness: number; chroma: number; hue: number }

const CHROMA_STEPS = 24

/**
 * The sRGB colour of an `oklch()` (CSS Color 4, 10.2). One that no screen of that kind can show keeps lightness and
 * hue and loses chroma until it can be shown.
 */
export function rgbOf({ lightness, chroma, hue }: Oklch): Rgb {
  let [shown, beyond] = [0, chroma]
  if (isShown(linear(lightness, chroma, hue))) shown = chroma
  else {
    for (let step = 0; step < CHROMA_STEPS; step++) {
      const middle = (shown + beyond) / 2
      if (isShown(linear(lightness, middle, hue))) shown = middle
      else beyond = middle
    }
  }
  const [red, green, blue] = linear(lightness, shown, hue).map(encoded) as [number, number, number]
  return [red, green, blue]
}

/** `over` laid on `under` at `opacity`: paper and files get the plain colour instead of a transparency. */
export function mixed(over: Rgb, under: Rgb, opacity: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(over[index] * opacity + under[index] * (1 - opacity))
  return [channel(0), channel(1), channel(2)]
}

export function hexOf(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Linear-light sRGB, by the matrices of Ottosson's OKLab. */
function linear(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

function isShown(channels: readonly number[]): boolean {
  return channels.every((channel) => channel >= -1e-4 && channel <= 1 + 1e-4)
}

function encoded(channel: number): number {
  const light = Math.min(1, Math.max(0, channel))
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
}
