/* Menus that complete what is typed are called by their labels: an empty one would have no name. */
'use strict';

function name(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const box = select.nextElementSibling && select.nextElementSibling.querySelector('.select2-selection');
  const value = box && box.querySelector('.select2-selection__rendered');
  if (!label || !value) return;
  label.id ||= `${select.id}_label`;
  box.setAttribute('aria-labelledby', `${label.id} ${value.id}`);
  value.setAttribute('aria-labelledby', label.id);
}

// Behind what makes the menus: jQuery keeps the order in which it was asked.
window.addEventListener('load', () => {
  django.jQuery(() => document.querySelectorAll('select.admin-autocomplete').forEach(name));
});
