/** More than any input that the core takes. */
const LARGEST = 8 * 1024 * 1024;

/** The texts of files, one after another; what cannot be read is said. */
export async function textOf(files: Iterable<File>): Promise<{ text: string } | { problem: string }> {
  const texts: string[] = [];
  for (const file of files) {
    if (file.size > LARGEST) return { problem: `${file.name} is larger than ${LARGEST / 1024 / 1024} MiB, which is no token, key set or configuration.` };
    const bytes = await file.arrayBuffer();
    try {
      texts.push(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      return { problem: `${file.name} is not UTF-8 text.` };
    }
  }
  return { text: texts.join("\n") };
}
