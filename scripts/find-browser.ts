import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The Chromium that the browser tests drive: $CHROMIUM_PATH, else the system's, else Playwright's own, else one
 * installed now: by apt where we are root on Debian or Ubuntu, by Playwright's installer elsewhere.
 */
export function findOrInstallBrowser(): string {
  const found = findBrowser()
  if (found) return found

  console.log('no Chromium found: installing one for the browser tests')
  try {
    if (isRootOnDebian()) {
      run('apt-get', 'update', '-qq')
      run('apt-get', 'install', '-y', '-qq', 'chromium')
    } else {
      run(process.execPath, 'node_modules/playwright-core/cli.js', 'install', 'chromium')
    }
  } catch {
    // What matters is whether there is one now; the sentence below says what to do if not.
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('The browser tests need Chromium: install it and set CHROMIUM_PATH to its program.')
}

function findBrowser(): string | null {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (existsSync(chosen)) return chosen
    throw new Error(`CHROMIUM_PATH is ${chosen}, but there is no such file.`)
  }
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null
}

function isRootOnDebian(): boolean {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return process.getuid?.() === 0 && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)
}

function run(program: string, ...words: string[]) {
  execFileSync(program, words, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
