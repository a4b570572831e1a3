/** Which tags have behaviour. A tag that is not here is a plain element: `view`, `block`, hosts of components. */
import type { ViewContext } from '../view/context';
import type { ViewNode } from '../view/node';
import { Button } from './button';
import { Canvas } from './canvas/canvas';
import { Checkbox, CheckboxGroup } from './checkbox';
import type { Component } from './component';
import { Form } from './form';
import { Icon } from './icon';
import { Image } from './image';
import { Input } from './input';
import { Label } from './label';
import { MatchMedia } from './match-media';
import { MovableArea, MovableView } from './movable';
import { Navigator } from './navigator';
import { NotCarried, notCarriedTags } from './not-carried';
import { PageContainer } from './page-container';
import { PageMeta } from './page-meta';
import { Picker } from './picker/picker';
import { PickerView, PickerViewColumn } from './picker/picker-view';
import { Progress } from './progress';
import { Radio, RadioGroup } from './radio';
import { RichText } from './rich-text';
import { RootPortal } from './root-portal';
import { ScrollView } from './scroll-view/scroll-view';
import { Slider } from './slider';
import { Swiper, SwiperItem } from './swiper/swiper';
import { Switch } from './switch';
import { Text } from './text';
import { Textarea } from './textarea';
import { Video } from './video/video';

type Constructor = new (node: ViewNode, host: HTMLElement, context: ViewContext) => Component;

const constructors = new Map<string, Constructor>(
  Object.entries({
    button: Button,
    canvas: Canvas,
    checkbox: Checkbox,
    'checkbox-group': CheckboxGroup,
    'cover-image': Image,
    form: Form,
    icon: Icon,
    image: Image,
    input: Input,
    label: Label,
    'match-media': MatchMedia,
    'movable-area': MovableArea,
    'movable-view': MovableView,
    navigator: Navigator,
    'functional-page-navigator': Navigator,
    'page-container': PageContainer,
    'page-meta': PageMeta,
    picker: Picker,
    'picker-view': PickerView,
    'picker-view-column': PickerViewColumn,
    progress: Progress,
    radio: Radio,
    'radio-group': RadioGroup,
    'rich-text': RichText,
    'root-portal': RootPortal,
    'scroll-view': ScrollView,
    slider: Slider,
    swiper: Swiper,
    'swiper-item': SwiperItem,
    switch: Switch,
    textarea: Textarea,
    video: Video,
  } as unknown as Record<string, Constructor>),
);
for (const tag of notCarriedTags) constructors.set(tag, NotCarried as unknown as Constructor);

export function makeComponent(node: ViewNode, host: HTMLElement, context: ViewContext): Component | null {
  const Kind = constructors.get(node.tag);
  return Kind === undefined ? null : new Kind(node, host, context);
}

export function makeTextComponent(node: ViewNode, host: HTMLElement, context: ViewContext): Component {
  return new Text(node, host, context) as unknown as Component;
}
