/** A certification's name, in which its code is never broken at a hyphen. */
export function CertificationName({ name, code }: { name: string; code: string }) {
  const [before, ...after] = name.split(code)
  if (after.length === 0) return <>{name}</>
  return (
    <>
      {before}
      <span class="number">{code}</span>
      {after.join(code)}
    </>
  )
}
