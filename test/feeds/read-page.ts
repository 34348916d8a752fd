/** What a browser would send of the first form of a page that posts to this path, untouched. */
export async function formOf(html: string, action: string): Promise<[name: string, value: string][]> {
  const fields: [string, string][] = []
  let isIn = false
  let option: { value: string | null; text: string } | null = null
  let select: { name: string; options: { value: string | null; text: string }[]; chosen: number } | null =
    null
  let area: { name: string; text: string } | null = null
  const rewriter = new HTMLRewriter()
    .on('form', {
      element(form) {
        isIn = decoded(form.getAttribute('action') ?? '') === action && fields.length === 0
        form.onEndTag(() => {
          isIn = false
        })
      },
    })
    .on('form input', {
      element(input) {
        const name = input.getAttribute('name')
        const type = input.getAttribute('type')
        const isTick = type === 'checkbox' || type === 'radio'
        if (!isIn || name === null || type === 'file' || (isTick && !input.hasAttribute('checked'))) return
        fields.push([name, decoded(input.getAttribute('value') ?? (isTick ? 'on' : ''))])
      },
    })
    .on('form textarea', {
      element(element) {
        if (!isIn) return
        const began = { name: element.getAttribute('name')!, text: '' }
        area = began
        element.onEndTag(() => {
          fields.push([began.name, decoded(began.text)])
          area = null
        })
      },
      text(chunk) {
        if (area) area.text += chunk.text
      },
    })
    .on('form select', {
      element(element) {
        if (!isIn) return
        const began = { name: element.getAttribute('name')!, options: [], chosen: 0 }
        select = began
        element.onEndTag(() => {
          const { value, text } = (began.options as { value: string | null; text: string }[])[began.chosen]!
          fields.push([began.name, decoded(value ?? text.trim())])
          select = null
        })
      },
    })
    .on('form option', {
      element(element) {
        if (!select) return
        if (element.hasAttribute('selected')) select.chosen = select.options.length
        option = { value: element.getAttribute('value'), text: '' }
        select.options.push(option)
      },
      text(chunk) {
        if (option) option.text += chunk.text
      },
    })
  await rewriter.transform(new Response(html)).text()
  return fields
}

/** The cells of the tables of a page by the words over their columns; those of the last such row count. */
export async function lastCells(html: string): Promise<Record<string, string>> {
  const cells: Record<string, string> = {}
  let label = ''
  const rewriter = new HTMLRewriter().on('td[data-label]', {
    element(cell) {
      label = decoded(cell.getAttribute('data-label')!)
      cells[label] = ''
    },
    text(chunk) {
      cells[label] += chunk.text
    },
  })
  await rewriter.transform(new Response(html)).text()
  return cells
}

function decoded(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
