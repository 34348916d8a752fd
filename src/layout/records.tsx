import type { Child } from 'hono/jsx'

type RecordsProps = { caption: string; columns: readonly string[]; rows: readonly (readonly Child[])[] }

/** A table of records; the first cell of each row names it. On a phone each cell says which column it is of. */
export function Records({ caption, columns, rows }: RecordsProps) {
  return (
    <table class="records">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...cells]) => (
          <tr>
            <th scope="row">{first}</th>
            {cells.map((cell, index) => (
              <td data-label={columns[index + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
