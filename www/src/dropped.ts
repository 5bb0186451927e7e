/** More than any input that the core takes. */
const LARGEST = 8 * 1024 * 1024;

/** The texts of files, one after another; what cannot be read is said. */
export async function textOf(files: Iterable<File>): Promise<{ text: string } | { problem: string }> {
  const texts: string[] = [];
  for (const file of files) {
    if (file.size > LARGEST) return { problem: `${file.name} is larger than ${LARGEST / 1024 / 1024} MiB, which is no token, key set or configuration.` };
    try {
      const bytes = await file.arrayBuffer();
      const [first, second] = new Uint8Array(bytes);
      // What PowerShell's > writes.
      const form = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
      texts.push(new TextDecoder(form, { fatal: true }).decode(bytes));
    } catch {
      return { problem: `${file.name} cannot be read as UTF-8 text.` };
    }
  }
  return { text: texts.join("\n") };
}
