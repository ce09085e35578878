import './styles/app.css';
import { render } from 'preact';
import { App } from './shell/App';

const place = document.getElementById('app');
if (place) {
  place.replaceChildren();
  render(<App />, place);
}
