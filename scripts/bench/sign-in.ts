import { encodePassword, isPassword } from '../../src/sign-in/password.ts'

const RUNS = 40
const PASSWORD = 'a password of four words'

/**
 * The CPU time that one password costs to check, known, unknown and wrong, beside choosing one. In Node, whose scrypt
 * is OpenSSL's; workerd's is BoringSSL's, of the same order.
 */
export async function benchSignIn(): Promise<void> {
  const encoded = await encodePassword(PASSWORD)
  const cases: [name: string, work: () => Promise<unknown>][] = [
    ['right', () => isPassword(PASSWORD, encoded)],
    ['wrong', () => isPassword('another password altogether', encoded)],
    ['of nobody', () => isPassword(PASSWORD, null)],
    ['chosen anew', () => encodePassword(PASSWORD)],
  ]

  console.log(`CPU milliseconds of one password, median and most of ${RUNS}`)
  for (const [name, work] of cases) {
    const spent = await cpuTimes(work)
    const [median, most] = [spent[RUNS / 2]!, spent.at(-1)!]
    console.log(`${name.padEnd(12)} ${median.toFixed(0).padStart(4)} ${most.toFixed(0).padStart(5)}`)
  }
}

async function cpuTimes(work: () => Promise<unknown>): Promise<number[]> {
  const spent: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    spent.push((user + system) / 1000)
  }
  return spent.sort((a, b) => a - b)
}
