// What the pages do in the browser. Field names may carry a prefix, after a redesign.
(() => {
  const prefix = document.documentElement.dataset.prefix ?? '';

  /** @param {Element | null} form @param {string} name */
  const fieldOf = (form, name) => form?.querySelector(`[name="${prefix}${name}"]`) ?? null;

  // Which window this is: kept by the window alone, unlike cookies.
  const random = () => Math.random().toString(36).slice(2);
  const tab = sessionStorage.getItem('window') ?? random();
  sessionStorage.setItem('window', tab);
  void fetch(`/Account/Window?id=${tab}`, { method: 'POST', keepalive: true }).catch(() => undefined);

  // Two lists and the buttons between them.
  for (const button of document.querySelectorAll('[data-move]')) {
    button.addEventListener('click', () => {
      const [from = '', to = ''] = (button.getAttribute('data-move') ?? '').split(' ');
      const source = fieldOf(button.closest('form'), from);
      const target = fieldOf(button.closest('form'), to);
      if (!(source instanceof HTMLSelectElement) || !(target instanceof HTMLSelectElement)) return;
      for (const option of [...source.selectedOptions]) {
        option.selected = false;
        target.append(option);
      }
    });
  }
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', () => {
      const picked = fieldOf(form, 'fields');
      if (picked instanceof HTMLSelectElement) for (const option of picked.options) option.selected = true;
    });
  }

  // Listboxes of our own.
  for (const box of document.querySelectorAll('[role=listbox]')) {
    box.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('[role=option]') : null;
      if (!option) return;
      const many = box.getAttribute('data-many');
      if (many === null)
        for (const other of box.children) other.setAttribute('aria-selected', String(other === option));
      else option.setAttribute('aria-selected', String(option.getAttribute('aria-selected') !== 'true'));
      if (many === null) {
        const hidden = box.nextElementSibling;
        if (hidden instanceof HTMLInputElement) hidden.value = option.getAttribute('data-value') ?? '';
        return;
      }
      for (const old of box.parentElement?.querySelectorAll('input[type=hidden]') ?? []) old.remove();
      for (const chosen of [...box.querySelectorAll('[aria-selected=true]')].reverse()) {
        const hidden = document.createElement('input');
        Object.assign(hidden, { type: 'hidden', name: prefix + many, value: chosen.getAttribute('data-value') });
        box.after(hidden);
      }
    });
  }

  // A text file into the box above it.
  for (const input of document.querySelectorAll('input[type=file][data-fills]')) {
    input.addEventListener('change', () => {
      const area = fieldOf(input.closest('form'), input.getAttribute('data-fills') ?? '');
      const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
      if (!file || !(area instanceof HTMLTextAreaElement)) return;
      void file.text().then((text) => {
        area.value = text.replace(/\s+$/, '');
      });
    });
  }

  // A box that has to be ticked first.
  for (const box of document.querySelectorAll('[data-enables]')) {
    const button = box.closest('form')?.querySelector('button[type=submit]');
    const follow = () => {
      if (box instanceof HTMLInputElement && button instanceof HTMLButtonElement) button.disabled = !box.checked;
    };
    box.addEventListener('change', follow);
    follow();
  }

  // Something takes a while: the server answers when it is done.
  const poll = document.body.dataset.poll;
  const say = (/** @type {string} */ text, role = 'alert') => {
    const line = document.querySelector('[role=status]');
    line?.setAttribute('role', role);
    if (line) line.textContent = text;
  };
  const wait = async (/** @type {string} */ address) => {
    const answer = await fetch(address);
    if (answer.redirected) location.assign(answer.url);
    else if (!answer.ok) say('Something went wrong. Please try again.');
    else {
      const { go, file, done } = await answer.json();
      if (go) location.replace(go);
      if (file) location.assign(file);
      if (done) say(done, 'status');
    }
  };
  if (poll) void wait(poll).catch(() => say('The server did not answer. Please try again.'));
})();
