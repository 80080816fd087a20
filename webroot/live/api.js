// @ts-check
/** Commands and reads over HTTP, with the answers' problems as one kind of error. */

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status @param {any} body @param {number|null} retryAfterMs */
  constructor(status, body, retryAfterMs) {
    super(body?.detail ?? body?.title ?? `HTTP ${status}`);
    this.status = status;
    /** Without its common prefix: `stale-version`, `not-found` … */
    this.type = String(body?.type ?? '').replace(/^urn:plenary:problem:/, '');
    this.errors = body?.errors ?? [];
    this.current = body?.current ?? null;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The answer did not come: nobody knows whether the server did it. */
export class Unreachable extends Error {}

/**
 * A key for one intent of a person: the same for every resend of it, another for the next intent.
 * `crypto.randomUUID` is not there over plain http, so it is spelled out.
 *
 * @returns {string} 128 random bits
 */
export function intentKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends one request.
 *
 * @param {string} method
 * @param {string} path
 * @param {{
 *   body?: any, file?: Blob, key?: string, version?: number|null, timeoutMs?: number,
 *   onHeaders?: (headers: Headers) => void
 * }} [options] `key` is the intent's {@link intentKey}; `version` goes into `If-Match`
 * @returns {Promise<any>} the answer's JSON, or null without a body
 * @throws {Problem|Unreachable}
 */
export async function call(method, path, options = {}) {
  const { body, file, key, version, timeoutMs = 15_000, onHeaders } = options;
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (file) headers['Content-Type'] = file.type || 'application/octet-stream';
  if (key) headers['Idempotency-Key'] = key;
  if (version !== undefined && version !== null) headers['If-Match'] = `"${version}"`;
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? file : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    throw new Unreachable('no answer', { cause });
  }
  const json = parse(text);
  onHeaders?.(response.headers);
  if (response.ok) return json;
  throw new Problem(response.status, json, retryAfter(response.headers.get('Retry-After')));
}

/**
 * Every item of a list, page by page: each answer names the address of the next.
 *
 * @param {string} path
 * @param {string} member of the answers that holds the items
 * @returns {Promise<any[]>}
 */
export async function all(path, member) {
  const items = [];
  for (let next = path; next; ) {
    /** @type {string|null} */
    let link = null;
    const answer = await call('GET', next, { onHeaders: (headers) => (link = headers.get('Link')) });
    items.push(...answer[member]);
    next = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1] ?? '';
  }
  return items;
}

/** Whether sending the same thing again, with the same key, may end differently. @param {any} error */
export function worthResending(error) {
  return (
    error instanceof Unreachable ||
    (error instanceof Problem && (error.status === 429 || error.status >= 502))
  );
}

/**
 * Sends a command until it is known what became of it: lost answers and overload are resent with
 * the same key, so that it happens once.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, key?: string, version?: number|null, tries?: number, timeoutMs?: number}} [options]
 */
export async function command(method, path, options = {}) {
  const { tries = 4, ...rest } = options;
  const key = method === 'POST' || method === 'PATCH' ? (rest.key ?? intentKey()) : undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(method, path, { ...rest, key });
    } catch (error) {
      if (attempt >= tries || !worthResending(error)) throw error;
      const asked = error instanceof Problem ? error.retryAfterMs : null;
      await pause(asked ?? Math.random() * 400 * 2 ** attempt);
    }
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param {string} text */
function parse(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Seconds, as our server sends it. @param {string|null} header */
function retryAfter(header) {
  const seconds = Number(header);
  return header && Number.isFinite(seconds) ? seconds * 1000 : null;
}
