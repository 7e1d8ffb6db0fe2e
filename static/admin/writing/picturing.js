/* Pictures: by the button, dropped on the text, pasted. */

export function start(screen) {
  const { form, text, say, OUT } = screen;
  const uploadUrl = text.dataset.markdownxUploadUrlsPath;
  const uploadState = document.getElementById('upload-state');

  const insert = (code) => {
    const from = text.selectionStart;
    screen.edit({ from, to: text.selectionEnd, insert: code, select: [from + 2, from + 2] });
  };

  const send = async (file) => {
    say(uploadState, `Sending ${file.name} …`);
    const data = new FormData();
    data.append('image', file);
    data.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(uploadUrl, {
        method: 'POST', body: data, credentials: 'same-origin', headers: { Accept: 'application/json' },
      });
      const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
      const answer = isJson ? await response.json() : {};
      if (!response.ok || !answer.image_code) {
        say(uploadState, answer.error || (response.redirected ? OUT
          : `The picture was not taken (${response.status}).`), true);
        return;
      }
      insert(answer.image_code);
      say(uploadState, 'Added. Say between the brackets what the picture shows.');
    } catch {
      say(uploadState, 'The server does not answer. Nothing was added.', true);
    }
  };
  const sendAll = async (files) => { for (const file of files) await send(file); };

  const chooser = document.getElementById('picture-file');
  chooser.closest('label').hidden = false;
  chooser.addEventListener('change', async () => {
    await sendAll([...chooser.files]);
    chooser.value = '';
  });
  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  text.addEventListener('dragover', (event) => { if (carriesFiles(event)) event.preventDefault(); });
  text.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    sendAll([...event.dataTransfer.files]);
  });
  text.addEventListener('paste', (event) => {
    const files = event.clipboardData ? [...event.clipboardData.files] : [];
    if (!files.length) return;
    event.preventDefault();
    sendAll(files);
  });
}
