/** Entry of the shell. */
document.body.textContent = 'Mezze';
