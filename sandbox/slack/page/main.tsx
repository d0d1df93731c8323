import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/frame.css';
import './styles/messages.css';
import './styles/separators.css';
import './styles/files.css';
import './styles/composer.css';
import './styles/blocks.css';
import './styles/inputs.css';
import './styles/dialogs.css';
import './styles/narrow.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
