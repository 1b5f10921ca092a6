// Talks to the server; asks for its token when it wants one.
let token = sessionStorage.getItem('deutero-token') || '';
let asking = null;

function askToken() {
  asking ??= new Promise(resolve => {
    const dialog = document.getElementById('token-dialog');
    dialog.addEventListener('close', () => {
      token = document.getElementById('token').value.trim();
      sessionStorage.setItem('deutero-token', token);
      asking = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}

/** Sends a request; answers with JSON, or null where there is none. Throws what the server's problem says. */
export async function call(method, path, body) {
  for (;;) {
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers['Content-Type'] = 'application/json';
    const reply = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    if (reply.status === 401) {
      await askToken();
      continue;
    }
    if (reply.status === 204) return null;
    const json = await reply.json();
    if (!reply.ok) {
      const error = new Error(json.detail || `the server answers ${reply.status}`);
      error.status = reply.status;
      throw error;
    }
    return json;
  }
}
